// What went wrong with a run, and what to do about it.
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
        'The playground works, the gateway behind it does not answer. Try again in a moment; if it stays so, tell whoever runs this server.',
    },
    broken_answer: {
      title: 'The answer could not be read',
      advice:
        'The gateway sent something that is no picture. The request may have been carried out and charged.',
    },
    answer_too_large: {
      title: 'The answer was too large',
      advice: 'Ask for fewer pictures at once, or for a smaller size.',
    },
    operator: {
      title: 'This server is not set up right',
      advice:
        'Nothing is wrong with your request. Whoever runs this server needs to look at its settings; the details below help.',
    },
    signed_out: {
      title: 'You are signed out',
      advice: 'Nothing was sent. Sign in again, then try again.',
    },
    too_large: {
      title: 'The request is too large',
      advice: 'Shorten the prompt.',
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
      title: 'A proxy in front refuses this size',
      advice:
        'The request never reached the playground. Whoever runs the proxy needs to allow larger bodies (nginx: client_max_body_size).',
    },
    proxy_unavailable: {
      title: 'The playground is not answering',
      advice: 'A proxy in front of it says so; it may be restarting. Try again in a minute.',
    },
    proxy_timeout: {
      title: 'A proxy in front gave up waiting',
      advice:
        'The picture may still have been made. Whoever runs the proxy needs to let requests last longer (nginx: proxy_read_timeout).',
    },
    network: {
      title: 'The playground could not be reached',
      advice: 'Check your network connection, then try again.',
    },
    broken_off: {
      title: 'The answer broke off',
      advice: 'The connection to the gateway was lost before the answer was complete.',
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
        'This browser no longer keeps the file named below, so nothing was sent. Add the picture again, then start a new edit.',
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
    status: 'Status {status}',
    request: 'Request {id}',
  },
};
