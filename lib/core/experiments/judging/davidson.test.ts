import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Compared, type DavidsonFit, fitDavidson } from './davidson';

/** Strengths against one value, and their standard errors, as the inverse Hessian has them. */
function against({ strengths, inverseHessian }: DavidsonFit, anchor: number) {
  const covariance = (one: number, other: number) => inverseHessian[one]?.[other] as number;
  return strengths.map((strength, value) => ({
    strength: strength - (strengths[anchor] as number),
    error: Math.sqrt(
      covariance(value, value) + covariance(anchor, anchor) - 2 * covariance(value, anchor),
    ),
  }));
}

describe('Baseball 1987, American League East (Agresti 2002, table 10.10 and 10.11)', () => {
  // MIL DET TOR NY BOS CLE BAL: at home, how often the home team and the away team won.
  const games = [
    '--,43,42,43,61,42,60',
    '33,--,42,43,60,61,43',
    '25,43,--,24,43,42,60',
    '33,51,25,--,43,42,61',
    '51,25,33,42,--,52,60',
    '25,33,34,43,42,--,24',
    '25,15,16,24,16,34,--',
  ];
  const compared = games.flatMap((row, left) =>
    row.split(',').flatMap((wins, right): Compared[] => {
      const [home, away] = [...wins].map(Number) as [number, number];
      return left === right ? [] : [{ left, right, outcomes: [home, away, 0] }];
    }),
  );
  const withoutTies = { values: 7, pseudo: 0, hasTies: false };

  it('has the published strengths against Baltimore', () => {
    const fit = fitDavidson(compared, { ...withoutTies, hasLeftEffect: false });
    const found = against(fit, 6).slice(0, 6);
    expect(found.map(({ strength }) => strength.toFixed(4))).toEqual(
      ['1.5814', '1.4364', '1.2945', '1.2476', '1.1077', '0.6839'], // biome-ignore format: one row
    );
    expect(found.map(({ error }) => error.toFixed(4))).toEqual([
      '0.3433',
      '0.3396',
      '0.3367',
      '0.3359',
      '0.3339',
      '0.3319',
    ]);
  });

  it('has the published advantage of playing at home', () => {
    const fit = fitDavidson(compared, withoutTies);
    expect(fit.leftEffect.toFixed(4)).toBe('0.3023');
    expect(Math.sqrt(fit.inverseHessian[7]?.[7] as number).toFixed(4)).toBe('0.1309');
    expect(against(fit, 6)[0]?.strength.toFixed(4)).toBe('1.6196');
  });
});

it('has the published worths of six chocolate puddings (Davidson 1970, example 2)', () => {
  const pairs = '12,13,23,14,24,34,15,25,35,45,16,26,36,46,56'.split(',');
  const counts =
    '19-22-16,16-19-12,19-19-10,18-23-13,23-19-9,19-20-15,13-19-18,16-20-12,16-15-17,17-14-16,18-21-12,22-20-12,13-18-10,14-19-18,11-21-12'.split(
      ',',
    );
  const compared = pairs.map((pair, index): Compared => {
    const [wins, losses, ties] = (counts[index] as string).split('-').map(Number);
    const [left, right] = [...pair].map((brand) => Number(brand) - 1) as [number, number];
    return { left, right, outcomes: [wins as number, losses as number, ties as number] };
  });
  const fit = fitDavidson(compared, { values: 6, pseudo: 0, hasLeftEffect: false });
  const worths = fit.strengths.map(Math.exp);
  const total = worths.reduce((sum, worth) => sum + worth);
  expect(worths.map((worth) => (worth / total).toFixed(4))).toEqual(
    ['0.1388', '0.1730', '0.1617', '0.1654', '0.1587', '0.2024'], // biome-ignore format: one row
  );
  expect(Math.exp(fit.logTie).toFixed(4)).toBe('0.7468');
  const found = against(fit, 0).map(
    ({ strength, error }) => `${strength.toFixed(4)} ${error.toFixed(4)}`,
  );
  expect(found.slice(1)).toEqual([
    '0.2202 0.1872',
    '0.1530 0.1935',
    '0.1751 0.1882',
    '0.1339 0.1927',
    '0.3771 0.1924',
  ]);
});

describe('with half a win and half a loss against 0', () => {
  it('an undefeated value stays finite', () => {
    const fit = fitDavidson([{ left: 0, right: 1, outcomes: [50, 0, 0] }], { values: 2 });
    expect(fit.strengths[0]).toBeGreaterThan(0.5);
    expect(fit.parameters.every(Number.isFinite)).toBe(true);
  });

  it('always ends at finite parameters, whatever was judged', () => {
    const outcomes = fc.tuple(fc.nat(200), fc.nat(200), fc.nat(200));
    const compared = fc.record({ left: fc.nat(2), right: fc.constantFrom(3, 4), outcomes });
    fc.assert(
      fc.property(fc.array(compared, { maxLength: 20 }), (all) => {
        const { parameters, inverseHessian } = fitDavidson(all, { values: 5 });
        expect([...parameters, ...inverseHessian.flat()].every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
