/**
 * What has been found out about modems of one kind by doing: the way on which the card answers, and what makes the modem notice another profile.
 * A modem that does not tell its maker, model or firmware has an empty text there.
 */
export const modemHabits = `
create table modem_habit (
  manufacturer text not null,
  model text not null,
  revision text not null,
  card_way text,
  refresh text,
  learned_at text not null,
  primary key (manufacturer, model, revision)
) without rowid;
`;
