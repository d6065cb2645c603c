import { answerFaults } from './answer-faults';
import { chatFaults } from './chat-faults';
import { editFaults } from './edit-faults';
import type { Fault } from './fault-kit';
import { largeFaults } from './large-faults';

// Every fault of the upstream: a prompt with `fault:<name>` in it is answered so. Beside them,
// `early:<status>` refuses a request before it has come whole, `fault:close-upload` breaks the
// connection then, and `refuse()` of the upstream takes no connections at all.
//
// NAME                    WHAT HAPPENS                                  WHAT THE PLAYGROUND MAKES OF IT
//
// connection and time
//   close-upload          reset before the upload is whole              upload_cut, nothing made
//   reset-before          reset without an answer                       hung_up, perhaps charged
//   reset-late            reset in mid-answer                           broken_off
//   cut-last              reset in the last of several pictures         broken_off, the others kept
//   silent                no answer, ever                               timeout
//   silent-late           nothing more in mid-answer                    broken_off
//   drip                  one byte each 100 ms                          a picture
//   held                  two pictures, each when a test says so        two pictures
//   kept-alive            the same, with a space each 100 ms between       two pictures
// bodies
//   ok                    a good answer                                 a picture
//   different             four pictures of different kinds              four pictures
//   jpeg                  a JPEG where a PNG was asked for              a picture, as what it is
//   fewer                 two pictures, however many were asked for     two pictures, and a note
//   one-refused           a picture, and an error in place of another   both, side by side
//   url, allowed-url      an address in place of a picture              a link; shown if allowed
//   damaged-one           a picture, and one with broken base64         both, side by side
//   odd-places            data URLs, and JSON as an event stream        two pictures
//   cut-one               a picture, and one that is cut short          both, side by side
//   cut-all               a picture that is cut short                   broken_off
//   long-headers          20 KB of headers                              a picture
//   bad-base64            broken base64 only                            a damaged picture
//   no-picture            base64 of something else                      broken_answer
//   empty                 nothing at all                                broken_answer
//   empty-list            no picture in the list                        broken_answer
//   empty-choices         the same of a chat                            broken_answer
//   html                  a web page with 200                           operator
//   error-200, error-200-list
//                         an error with 200                             broken_answer
//   invalid-json          JSON that is none                             broken_answer
//   truncated-early       ends before its picture                       broken_answer
//   truncated-late        ends in its picture                           broken_off
//   wrong-type            a good answer as text/plain                   a picture
//   chat-wrong-type       events as application/json                    an answer
//   gzip                  packed, though nobody asked for it            a picture
//   gzip-bomb             600 MB out of 600 KB                          answer_too_large
//   strange-encoding      packed in a way that nobody knows             broken_answer
//   huge, huge-declared   600 MB, with and without a length             answer_too_large
//   chat-huge             600 MB in one event                           answer_too_large
//   five-megabytes        a good answer of 7 MB                         a picture
//   five-megabytes-cut    reset in the middle of that                   broken_off
//   echo-key              our own key in body and header                a picture, the key scrubbed
//   echo-key-error        our own key in an error                       refused, the key scrubbed
//   echo-key-events       our own key in a stream, byte by byte         an answer, the key scrubbed
// statuses
//   redirect              307 to another address                        operator, not followed
//   unauthorized          401                                           operator
//   forbidden             403                                           operator
//   no-path               404 with a web page                           operator
//   detail                422 that is no envelope                       refused, in its words
//   moderated             403 moderation_blocked                        prompt_refused
//   quota-spent           429 insufficient_quota                        quota_spent, not tried again
//   content-filter        400 contentFilter                             prompt_refused
//   output-filter         400 in the words of a filtered picture        output_refused
//   no-fidelity           400 for input_fidelity, else ok               refused, offered without it
//   quoting               400 that repeats the whole request            refused, none of it logged
//   rate-limit            429, Retry-After: 7                           tried again, counted down
//   rate-limit-day        429, Retry-After of a day                     rate_limit
//   rate-limit-long       the first of equal requests: 429, of 700 s     rate_limit, then an answer
//   rate-limit-date       429 with a date, then ok                      tried again
//   rate-limit-twice      429 twice, then ok                            tried again
//   rate-limit-text       429 that is no envelope                       tried again
//   html-413              413 with a web page                           too_large
//   server-error          500                                           server_error
//   odd-status            522                                           server_error
//   words-or-picture      a chat is answered in words, else a picture    what came
// chats: streamed, or in one piece if that is asked for
//   chat-ok, chat-content, chat-images, chat-message-images, chat-two
//                         a text and its pictures, in every form        an answer
//   chat-signed           with fields that no client knows              sent back as they came
//   chat-bare-address     a picture's address without an object round it an answer
//   chat-markdown, chat-inline, chat-final-message
//                         a picture in the words, as Gemini's, twice    an answer
//   chat-json-events      JSON as an event stream                       an answer
//   chat-thought          thoughts before the answer                    an answer, and its drafts
//   chat-refusal          a text only                                   an answer
//   chat-refusal-field    a refusal in a field of its own               an answer
//   chat-signed-words     fields beside a text                          sent back as they came
//   chat-refuses-ratio    400 that names the shape                      refused, nothing offered
//   chat-indexed          fields beside every word                      an answer
//   chat-unknown-blocks   pictures in blocks that no client knows       sent back as they came
//   chat-odd-types        names and texts that are none                 what can be read of it
//   chat-one-by-one, chat-held
//                         in pieces, each when a test says so           an answer, as it comes
//   chat-bytes            cut at every byte                             an answer
//   chat-crlf, chat-no-newline, chat-no-done
//                         written in unusual ways                       an answer
//   chat-link, chat-allowed-link
//                         an address in place of a picture              a link; shown if allowed
//   chat-junk             events that are none among good ones          an answer, and a note
//   chat-bad-base64       a broken picture beside a good one            the one, and a note on the other
//   chat-svg              an SVG in place of a picture                  a note, never shown
//   chat-hostile          markup, scripts and links                     a text
//   chat-nothing          no event but [DONE]                           broken_answer
//   chat-silence, chat-neither
//                         neither text nor picture                      a note
//   chat-error-first      an error in place of the first event          broken_answer
//   chat-error-event, chat-late-error
//                         an error after good events                    its own trouble, what came is kept
//   chat-reset-late, chat-cut-event
//                         broken off between or in events               broken_off, what came is kept
//   chat-silent-late      nothing more after an event                   broken_off, what came is kept
//   chat-refuses-pictures 400 for pictures of the assistant             refused, offered as the designer's
//   chat-refuses-signatures
//                         400 for its own signatures                    refused, offered without them
// edits: pictures made of what was sent
//   edit-left-eighth      an eighth of it changed                       measured, undone by the composite
//   edit-half-size, edit-square
//                         another size, another shape                   a picture, and what is to be known

/** Every fault by its name; `ok` and `chat-ok` are good answers. */
export const faults: Record<string, Fault> = {
  ...answerFaults,
  ...largeFaults,
  ...chatFaults,
  ...editFaults,
  'words-or-picture': (context) => {
    const isChat = context.request.url?.endsWith('/chat/completions');
    return faults[isChat ? 'chat-refusal' : 'ok']?.(context);
  },
};
