/** Told to everybody by `GET /v1/service`; exists in a trial only. */
export const sampleAccount = { login: 'sample@leb.example', password: 'harbour-lantern-26' };
