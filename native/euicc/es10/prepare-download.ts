import type { PrepareDownloadRequest } from '../euicc.ts';
import { encodeTlv } from '../tlv/tlv-writer.ts';
import { requireAccepted } from './authenticate-server.ts';
import { type Es10Function, readAnswer } from './es10-function.ts';

const name = 'PrepareDownload';

/** ES10b.PrepareDownload (SGP.22 v2.5 §5.7.5): the card makes its one-time key. The answer is for the server, as it is. */
export const prepareDownload: Es10Function<PrepareDownloadRequest, Uint8Array> = {
  name,
  encode: ({ smdpSigned2, smdpSignature2, smdpCertificate, hashCc }) =>
    encodeTlv(0xbf21, smdpSigned2, smdpSignature2, ...(hashCc === null ? [] : [encodeTlv(0x04, hashCc)]), smdpCertificate),
  decode: (response) => {
    const answer = readAnswer(response, 0xbf21, name);
    requireAccepted(answer, name);
    return answer.raw;
  },
};
