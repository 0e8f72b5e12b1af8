import type { LineDecoder } from '../../explanation.ts';
import { flag, whole } from '../../readers.ts';
import { fieldsOf } from './fields-of.ts';

export const xsim: readonly LineDecoder[] = [
  {
    kind: 'nrf-xsim',
    names: ['%XSIM'],
    specification: 'Nordic nRF91x1 AT commands reference guide, %XSIM',
    decode(rest) {
      const [state = '', cause = ''] = fieldsOf(rest);
      const initialised = flag(state);
      return initialised === null ? null : { uiccInitialised: initialised, uiccInitialisedErrorCauseCode: whole(cause) };
    },
  },
];
