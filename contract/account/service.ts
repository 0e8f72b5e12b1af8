import { z } from 'zod';
import { procedure } from '../common.ts';

export const serviceDescription = z.object({
  name: z.string(),
  version: z.string(),
  /** Embedded trial: payment is a stand-in, nothing is charged. */
  trial: z.boolean(),
  /** An account to look around with; trial only. */
  sample: z.object({ login: z.string(), password: z.string() }).nullable(),
  supportEmail: z.string(),
  paymentMethods: z.array(z.enum(['card', 'paypal'])),
});

export const serviceProcedures = {
  describe: procedure.route({ method: 'GET', path: '/v1/service', summary: 'What this service is' }).output(serviceDescription),
};

export type ServiceDescription = z.infer<typeof serviceDescription>;
