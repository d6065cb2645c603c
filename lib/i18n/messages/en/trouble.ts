// What went wrong with a run, and what to do about it. What it cost, and whether the same may be sent
// again, stands in one of the last sentences.
export const trouble = {
  trouble: {
    prompt_refused: {
      title: 'The prompt was refused',
      advice:
        'The content review did not let it through. Reword what could be read as violent, sexual, or a real person, and try again.',
    },
    output_refused: {
      title: 'The picture was held back',
      advice:
        'It was made, but the content review did not release it. The same prompt can pass next time; a gentler wording helps.',
    },
    rate_limit: {
      title: 'Too many requests just now',
      advice: 'The gateway asks for a pause. Wait a minute, then try again.',
      adviceAfter:
        'The gateway asks for a pause of {seconds, plural, one {# second} other {# seconds}}. Try again after that.',
    },
    timeout: {
      title: 'The gateway took too long',
      advice:
        'No answer came in time. Large sizes at high quality take longest: try a smaller size or a lower quality.',
    },
    unreachable: {
      title: 'The gateway cannot be reached',
      advice:
        'The playground works, but the gateway behind it takes no requests. Try again in a moment; if it stays so, tell whoever runs this server.',
    },
    upload_cut: {
      title: 'The gateway broke off the upload',
      advice:
        'It did not take everything in; together it may be too large for it. Use fewer or smaller pictures, or try again.',
    },
    hung_up: {
      title: 'The gateway gave no answer',
      advice: 'It took the request, then closed the connection. Try again in a moment.',
    },
    broken_answer: {
      title: 'The answer could not be read',
      advice:
        'The gateway did answer, but with something that holds no picture. If it happens again, tell whoever runs this server.',
    },
    answer_too_large: {
      title: 'The answer was too large',
      advice:
        'It was ended at 512 MB, the most that the playground takes. Ask for fewer pictures at once, or for a smaller size.',
    },
    operator: {
      title: 'This server is not set up right',
      advice:
        'Nothing is wrong with your request. Whoever runs this server needs to look at its settings: pass on the details below.',
    },
    hidden_host: {
      title: 'This server does not know its own address',
      advice:
        'So it takes this page for a foreign one, and refuses what it sends. Whoever runs this server needs to set PUBLIC_ORIGIN={origin} and start it again.',
    },
    signed_out: {
      title: 'You are signed out',
      advice: 'Nothing was sent. Sign in again, then try again.',
    },
    too_large: {
      title: 'The request is too large',
      advice: 'Use fewer or smaller pictures, or a shorter text.',
    },
    refused: {
      title: 'The gateway refused these settings',
      advice: 'It says why below. Change that and try again.',
    },
    server_error: {
      title: 'Something failed on the server',
      advice: 'It is not your prompt. Try again in a moment.',
    },
    proxy_too_large: {
      title: 'Too large to get through to the playground',
      advice:
        'A server in between (a proxy) lets no request of this size pass. Use fewer or smaller pictures, or ask whoever runs it to allow more (nginx: client_max_body_size).',
    },
    proxy_unavailable: {
      title: 'The playground is not answering',
      advice:
        'A server in between (a proxy) says so; the playground may be restarting. Try again in a minute.',
    },
    proxy_timeout: {
      title: 'A server in between gave up waiting',
      advice:
        'The playground needed longer than that server (a proxy) lets a request last. Whoever runs it can allow more (nginx: proxy_read_timeout).',
    },
    network: {
      title: 'The playground could not be reached',
      advice: 'Check your network connection, then try again.',
    },
    broken_off: {
      title: 'The answer broke off',
      advice: 'The gateway stopped in the middle of it, and the rest is lost.',
    },
    interrupted: {
      title: 'The playground was restarted',
      advice: 'The run was under way at that moment, and its answer is lost.',
    },
    lost: {
      title: 'The playground does not know this run any more',
      advice: 'Its answer was cleared away, or is missing or damaged on the server’s disk.',
    },
    reference_lost: {
      title: 'A picture to be sent is not here any more',
      advice:
        'This browser no longer keeps the file named below. Add the picture again, then start a new edit.',
    },
    spool_full: {
      title: 'The playground has no room for the answer',
      advice:
        'Its disk, or the share of it that answers may use, is full. Whoever runs this server needs to make room (SPOOL_MAX_BYTES); a smaller request may pass meanwhile.',
    },
    server_stopping: {
      title: 'The playground is being restarted',
      advice:
        'Nothing was sent to the gateway, and nothing was charged. Try again when the playground is back.',
    },
    unknown: {
      title: 'Something unexpected came back',
      advice: 'Try again; if it stays so, pass on the details below.',
    },
    charged: '{advice} It may have been charged.',
    nothingMade: '{advice} Nothing was made.',
    sameAgain:
      '{advice} Trying again is safe: a request that did get through is found again, never sent twice.',
    status: 'Status {status}',
    request: 'Request {id}',
  },
};
