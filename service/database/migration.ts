export type Migration = { readonly name: string; readonly statements: readonly string[] };
