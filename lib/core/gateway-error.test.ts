import { describe, expect, it } from 'vitest';
import { isContentRefusal, readGatewayError } from './gateway-error';

describe('the words of an error', () => {
  it.each([
    ['{"error":{"message":"no","type":"t","code":"c"}}', 'no', 'c'],
    ['{"error":"no"}', 'no', null],
    ['{"error":"Bad Request","message":"no such size","statusCode":400}', 'no such size', null],
    ['{"error":{"msg":"no"}}', 'no', null],
    ['{"error":{"code":"c"}}', '', 'c'],
    ['[{"error":{"code":400,"message":"no","status":"INVALID_ARGUMENT"}}]', 'no', '400'],
    ['{"detail":"Not Found"}', 'Not Found', null],
    [
      '{"detail":[{"loc":["body","size"],"msg":"field required"},{"msg":"no"}]}',
      'body.size: field required; no',
      null,
    ],
    ['{"message":"no","code":"InvalidParameter","request_id":"r"}', 'no', 'InvalidParameter'],
    ['{"msg":"no","code":1001}', 'no', '1001'],
    ['{"message":{"detail":"no"}}', 'no', null],
    ['{"errors":[{"message":"a"},{"message":"b"}]}', 'a; b', null],
    ['"no"', 'no', null],
  ])('%s', (body, message, code) => {
    expect(readGatewayError(JSON.parse(body))?.error).toMatchObject({ message, code });
  });

  it.each([
    '{"error":{},"data":[{"url":"u"}]}',
    '{"error":{}}',
    '{"error":null}',
    '{"error":[]}',
    '{"error":{"code":0,"message":""}}',
    '{"error":false}',
    '{"choices":[{}],"message":"ok"}',
    '{"data":[{}],"message":"success"}',
    '{}',
    '[]',
    'null',
    '7',
  ])('are none: %s', (body) => expect(readGatewayError(JSON.parse(body))).toBeUndefined());

  it('are read no deeper than anybody writes them', () => {
    const deep = JSON.parse(`${'{"message":'.repeat(99)}"no"${'}'.repeat(99)}`);
    expect(readGatewayError(deep)).toBeUndefined();
  });
});

describe('a refusal of content', () => {
  it.each([
    ['contentFilter', ''],
    ['content_filter', ''],
    ['moderation_blocked', ''],
    ['content_policy_violation', ''],
    ['InputTextSensitiveContentDetected', ''],
    [null, 'Generated image was filtered by the review'],
  ])('is known by %s %s', (code, message) => {
    expect(isContentRefusal({ code, message })).toBe(true);
    if (code) expect(isContentRefusal({ code: null, type: code, message })).toBe(true);
  });

  it.each(['invalid_api_key', null, '', 'content', 'filter'])('is not %s', (code) => {
    expect(isContentRefusal({ code, message: 'contentFilter is a word' })).toBe(false);
  });
});
