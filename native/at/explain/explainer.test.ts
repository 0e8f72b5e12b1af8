import { describe, expect, it } from 'vitest';
import { createExplainer, explainAnswer } from './explainer.ts';

describe('explainAnswer', () => {
  it('puts the entries of a list together, each message with its PDU', () => {
    const lines = ['AT+CMGL=4', '+CMGL: 3,0,,7', '00040A0B', '+CMGL: 4,1,"Anna",7', '00040c0d', 'OK'];
    expect(explainAnswer(lines).find(({ kind }) => kind === 'cmgl')?.value).toMatchObject({
      messages: [
        { index: 3, state: 'unread', pdu: '00040A0B' },
        { index: 4, state: 'read', pdu: '00040C0D' },
      ],
    });
  });

  it('takes a text over several lines as one, in text mode and in USSD', () => {
    expect(explainAnswer(['+CMGR: "REC READ","+1555",,"24/01/02,03:04:05+04"', 'one', 'two', 'OK'])).toMatchObject([
      { kind: 'cmgr', value: { number: '+1555', timestamp: '2024-01-02T03:04:05+01:00', text: 'one\ntwo' } },
      { kind: 'final-result' },
    ]);
    expect(explainAnswer(['+CUSD: 0,"You have:', '5 minutes', '7 messages",15', '+CSQ: 9,0'])).toMatchObject([
      { kind: 'cusd', value: { message: 'You have:\n5 minutes\n7 messages', dcs: 15 } },
      { kind: 'csq' },
    ]);
  });

  it('reads the PDU of a message and the page of a broadcast', () => {
    const deliver = '00040481515500004210203040504002C834';
    expect(explainAnswer(['+CMT: ,17', deliver])).toMatchObject([
      {
        kind: 'cmt',
        value: {
          length: 17,
          pdu: deliver,
          message: { type: 'deliver', number: '1555', timestamp: '2024-01-02T03:04:05+01:00', text: 'Hi' },
        },
      },
    ]);
    expect(explainAnswer(['+CBM: 14', '4A901112011148656C6C6F0D'])).toMatchObject([
      { kind: 'cbm-urc', value: { geoScope: 'plmn', messageCode: 169, channel: 4370, language: 'en', partNum: 1, numParts: 1 } },
    ]);
  });

  it('knows that an answer without lines is an empty list', () => {
    expect(explainAnswer([], { command: 'AT+CGACT?' })).toEqual([{ kind: 'cgact', value: { contexts: [] } }]);
  });

  it('leaves lines that stand for themselves apart', () => {
    expect(explainAnswer(['+CREG: 5', '+CGREG: 0', '+CREG: 1'])).toMatchObject([
      { kind: 'creg', value: { state: 'roaming' } },
      { kind: 'cgreg', value: { state: 'idle' } },
      { kind: 'creg', value: { state: 'home' } },
    ]);
  });
});

describe('createExplainer', () => {
  it('learns the command from its echo', () => {
    const explainer = createExplainer();
    expect(explainer.explain('001019876543210').explanation).toBeNull();
    explainer.explain('AT+CIMI');
    expect(explainer.explain('001019876543210').explanation?.kind).toBe('cimi');
  });

  it('gives up a text that never ends', () => {
    const explainer = createExplainer();
    explainer.explain('+CUSD: 0,"never');
    const said = Array.from({ length: 100 }, () => explainer.explain('x').continues);
    expect(said.filter(Boolean)).toHaveLength(63);
  });
});
