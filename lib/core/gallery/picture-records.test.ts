import { describe, expect, it } from 'vitest';
import { type PictureRecord, recordsAsCsv, recordsAsJson } from './picture-records';

const record: PictureRecord = {
  file: 'vase-1.png',
  prompt: 'A "blue" vase,\nwith 花',
  origin: 'generations',
  model: 'maker',
  at: '2026-11-28T12:00:00.000Z',
  width: 300,
  height: null,
  bytes: 7,
  sha256: 'ab',
  isStarred: true,
  tags: ['one', 'two'],
  collections: [],
  settings: { n: 2 },
};

describe('the list of what was downloaded', () => {
  it('is a table with one line for each picture', () => {
    expect(recordsAsCsv([record])).toBe(
      '\ufefffile,prompt,origin,model,at,width,height,bytes,sha256,isStarred,tags,collections,settings\r\n' +
        'vase-1.png,"A ""blue"" vase,\nwith 花",generations,maker,2026-11-28T12:00:00.000Z,' +
        '300,,7,ab,true,one; two,,"{""n"":2}"\r\n',
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1'])(
    'lets no spreadsheet run the prompt %j',
    (prompt) => {
      expect(recordsAsCsv([{ ...record, prompt }])).toContain(`'${prompt}`);
    },
  );

  it('is JSON that can be read again', () => {
    expect(JSON.parse(recordsAsJson([record]))).toEqual([record]);
  });
});
