/** The profile servers of the virtual bench: where they listen (`localhost:port`) and the root (PEM) of their TLS certificates. */
export type BenchServers = { readonly smdp: string; readonly smds: string; readonly tlsRootPem: string };
