/** The counts: who counted what, where and when, with recounts, blocked shelves and the planted slips. */
import { ITEMS, itemOf, keyOf, splitKey } from './catalogue.mjs';
import { HOUR, MINUTE, local } from './clock.mjs';
import { PLANTED_LINES, QUIET } from './planted-lines.mjs';
import { randomStream } from './random.mjs';

const AISLES = { Kitchen: 'A', Home: 'B', Apparel: 'C', Stationery: 'D' };
const ROWS_PER_SHEET = 28;

/** Where an item lies: the aisle of its category, in the order of the catalogue. */
const BINS = new Map();
for (const [category, aisle] of Object.entries(AISLES)) {
  ITEMS.filter((item) => item.category === category).forEach((item, index) => {
    BINS.set(item.sku, `${aisle}-${String(3 + Math.floor(index / 4)).padStart(2, '0')}-${(index % 4) + 1}`);
  });
}

/** The part of the count that one place does in one go: aisles, when the teams start, how many teams there are. */
const FULL_COUNT = [
  {
    location: 'Portland',
    sheets: 1,
    sessions: [
      { aisles: 'DC', start: '13:30' },
      { aisles: 'B', start: '20:40' },
      { aisles: 'A', start: '22:30' },
    ],
    teams: 3,
  },
  { location: 'Seattle Store', sheets: 101, sessions: [{ aisles: 'ABCD', start: '20:15' }], teams: 4 },
];

const PEOPLE = {
  Portland: ['M. Okada', 'J. Alvarez', 'S. Brandt'],
  'Seattle Store': ['K. Lindqvist', 'R. Dube', 'T. Nguyen', 'E. Marsh'],
  Reno: ['L. Castillo'],
};

/**
 * All count rows of a month.
 *
 * @returns `{ full, cycle, found }`: rows by file in the order of the sheets, and by key what the count came to,
 *   `{ counted, countedAt }`
 */
export function makeCounts(world, month) {
  const random = randomStream(`counts ${month.code}`);
  const planted = new Map(
    PLANTED_LINES.filter((line) => line.period === month.code).map((line) => [keyOf(line.sku, line.location), line]),
  );
  const known = (key) => itemOf(splitKey(key)[0]).since <= month.code && !itemOf(splitKey(key)[0]).parts;
  const keysAt = (location) => world.keys.filter((key) => splitKey(key)[1] === location && known(key));
  const shelfAt = (key, instant) => world.figures.at('shelf', key, instant);
  const found = new Map();

  /** What is written down for a key: one or two rows, each `{ bin, counted }`; `counted` null where nobody could. */
  function writtenDown(key, instant) {
    const shelf = shelfAt(key, instant);
    const bin = BINS.get(splitKey(key)[0]);
    const { trouble } = planted.get(key) ?? { trouble: {} };
    switch (trouble.count) {
      case 'keying':
      case 'missed':
        return [{ bin, counted: trouble.counted }];
      case 'zero':
        return [{ bin, counted: 0 }];
      case 'packs':
        return [{ bin, counted: shelf / itemOf(splitKey(key)[0]).packSize }];
      case 'small':
        return [{ bin, counted: shelf + trouble.off }];
      case 'twice':
        return [{ bin, counted: shelf }];
    }
    if (!planted.has(key) && shelf > 45 && random.chance(0.16)) {
      const onFloor = random.whole(8, Math.floor(shelf / 2));
      return [
        { bin, counted: onFloor },
        { bin: `${bin}-T`, counted: shelf - onFloor, note: 'top shelf' },
      ];
    }
    return [{ bin, counted: shelf }];
  }

  function countSession(location, keys, firstSheet, startInstant, teams) {
    const rows = [];
    const people = PEOPLE[location];
    const perTeam = Math.ceil(keys.length / teams);
    for (let team = 0; team < teams; team += 1) {
      let at = startInstant;
      keys.slice(team * perTeam, (team + 1) * perTeam).forEach((key) => {
        const written = writtenDown(key, at);
        written.forEach((each, index) => {
          rows.push({
            team,
            key,
            at: at + index * 6000,
            countNo: 1,
            by: people[team % people.length],
            note: '',
            ...each,
          });
        });
        at += random.whole(28, 50) * 1000 + written.length * 6000;
      });
    }
    let sheet = firstSheet - 1;
    let line = 0;
    let team = -1;
    for (const row of rows) {
      if (row.team !== team || line === ROWS_PER_SHEET) {
        sheet += 1;
        line = 0;
        team = row.team;
      }
      line += 1;
      Object.assign(row, { sheet: `S-${String(sheet).padStart(4, '0')}`, line });
    }
    return { rows, nextSheet: sheet + 1 };
  }

  const full = [];
  for (const { location, sheets, sessions, teams } of FULL_COUNT) {
    let sheet = sheets;
    for (const { aisles, start } of sessions) {
      const order = (key) => BINS.get(splitKey(key)[0]);
      const keys = keysAt(location)
        .filter((key) => aisles.includes(order(key)[0]))
        .sort(
          (one, other) =>
            aisles.indexOf(order(one)[0]) - aisles.indexOf(order(other)[0]) || (order(one) < order(other) ? -1 : 1),
        );
      const session = countSession(location, keys, sheet, local(month.countDate, start), teams);
      full.push(...session.rows);
      sheet = session.nextSheet;
    }
  }

  const cycleKeys = keysAt('Reno').filter((key) => itemOf(splitKey(key)[0]).tier === 'A');
  const cycle = countSession('Reno', cycleKeys, 201, local(month.cycleDate, '13:05'), 1).rows;

  // Shelves that nobody could reach, and first counts that a recount put right.
  const plain = full.filter(
    (row) =>
      !planted.has(row.key) &&
      !QUIET.has(splitKey(row.key)[0]) &&
      full.filter(({ key }) => key === row.key).length === 1,
  );
  const [blocked, miscounted] = [plain.filter((row) => row.counted > 5), plain.filter((row) => row.counted > 9)];
  for (const row of random.sample(blocked, 6))
    Object.assign(row, {
      counted: null,
      note: random.pick(['shelf blocked by a pallet', 'cage locked', 'ladder out of use']),
    });
  const wrong = random.sample(
    miscounted.filter((row) => row.counted !== null),
    6,
  );
  const confirmed = full.filter((row) => planted.get(row.key)?.trouble.confirmed === 'shrinkage').slice(0, 3);
  const recountOf = (row, index) => ({
    ...row,
    countNo: 2,
    sheet: 'R-0001',
    line: index + 1,
    at: local(month.countDate, '23:25') + index * 2 * MINUTE,
    note: 'recount',
    by: 'D. Whitlock',
  });
  const recounts = [...wrong, ...confirmed].map(recountOf);
  for (const row of recounts.slice(0, wrong.length)) row.counted = shelfAt(row.key, row.at);
  for (const row of wrong) row.counted += random.pick([-6, -2, 3, 10]);

  // The shelf that stands on two sheets.
  const twice = full
    .filter((row) => planted.get(row.key)?.trouble.count === 'twice')
    .map((row) => ({
      ...row,
      sheet: 'S-0190',
      line: 1,
      at: row.at + 20 * MINUTE,
      note: 'end cap',
      by: 'T. Nguyen',
    }));
  full.push(...twice, ...recounts);

  for (const [key, rows] of groupedByKey([...full, ...cycle])) {
    const counted = rows.filter((row) => row.counted !== null);
    if (counted.length === 0) continue;
    const last = Math.max(...counted.map((row) => row.countNo));
    const final = counted.filter((row) => row.countNo === last);
    const countedAt = Math.max(...final.map((row) => row.at));
    const first = Math.min(...final.map((row) => row.at));
    if (world.figures.moved('shelf', key, countedAt) !== world.figures.moved('shelf', key, first))
      throw new Error(`${key} moved while it was counted`);
    if (countedAt > month.cutOff || countedAt < month.cutOff - 96 * HOUR)
      throw new Error(`${key} counted outside the days of the count`);
    found.set(key, { counted: final.reduce((sum, row) => sum + row.counted, 0), countedAt });
  }
  return { full, cycle, found };
}

function groupedByKey(rows) {
  const groups = new Map();
  for (const row of rows) groups.set(row.key, [...(groups.get(row.key) ?? []), row]);
  return groups;
}
