import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { accountContract } from '#contract/account/index.ts';

/** The OpenAPI document, generated from the contract. */
export async function openApiDocument(version: string, url: string): Promise<unknown> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  return generator.generate(accountContract, {
    info: { title: 'LEB account service', version },
    servers: [{ url }],
    security: [{ session: [] }],
    components: {
      securitySchemes: { session: { type: 'http', scheme: 'bearer' } },
      schemas: {
        Error: {
          type: 'object',
          required: ['defined', 'code', 'status', 'message', 'data'],
          properties: {
            defined: { const: true },
            code: { type: 'string', description: 'a code of the table' },
            status: { type: 'integer' },
            message: { type: 'string' },
            data: { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean', 'null'] } },
          },
        },
      },
    },
    // Every procedure may fail with any code of the table: written out each time that would be nine tenths of the document.
    customErrorResponseBodySchema: { $ref: '#/components/schemas/Error' },
  });
}
