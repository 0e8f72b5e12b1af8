import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createServiceClient } from './service-client.ts';

const description = {
  name: 'Service',
  version: '1',
  trial: true,
  sample: null,
  supportEmail: 'support@leb.example',
  paymentMethods: ['card'],
};

describe('client of the account service', () => {
  let server: Server | null = null;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
    server = null;
  });

  async function answering(status: number, body: string, headers: Record<string, string> = {}) {
    const seen: (string | undefined)[] = [];
    server = createServer((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const client = createServiceClient({
      baseUrl: () => Promise.resolve(`http://127.0.0.1:${port}`),
      token: () => 'token-1',
      version: '0',
    });
    return { client, seen };
  }

  it('gives an answer of the contract, and shows its token', async () => {
    const { client, seen } = await answering(200, JSON.stringify(description));
    expect(await client.service.describe()).toEqual(description);
    expect(seen).toEqual(['Bearer token-1']);
  });

  it('keeps the code and the details of an error of the table', async () => {
    const { client } = await answering(
      409,
      JSON.stringify({ defined: true, code: 'ORDER_OPEN', status: 409, message: 'x', data: { orderId: 'o1' } }),
    );
    await expect(client.service.describe()).rejects.toMatchObject({ name: 'LebError', code: 'ORDER_OPEN', details: { orderId: 'o1' } });
  });

  it.each([
    ['another shape', 200, JSON.stringify({ ...description, trial: 'yes' })],
    ['no JSON', 200, '<html>'],
    ['a proxy’s page', 502, '<html>'],
    ['its own failure', 500, JSON.stringify({ defined: false, code: 'INTERNAL_SERVER_ERROR', status: 500, message: 'x' })],
    ['a code that we do not know', 418, JSON.stringify({ defined: true, code: 'TEAPOT', status: 418, message: 'x' })],
  ])('takes %s for an answer that cannot be used', async (_case, status, body) => {
    const { client } = await answering(status, body);
    await expect(client.service.describe()).rejects.toMatchObject({ code: 'SERVICE_ANSWER' });
  });

  it('does not follow a redirection', async () => {
    const { client, seen } = await answering(307, '', { location: '/v1/elsewhere' });
    await expect(client.service.describe()).rejects.toMatchObject({ name: 'LebError' });
    expect(seen).toHaveLength(1);
  });

  it('says that nobody answers', async () => {
    const client = createServiceClient({ baseUrl: () => Promise.resolve('http://127.0.0.1:9'), token: () => null, version: '0' });
    await expect(client.service.describe()).rejects.toMatchObject({ code: 'SERVICE_UNREACHABLE' });
  });
});
