// Runs, their pictures, and what went wrong with one: a title and an advice for each kind of failure.
export const runsEnglish = {
  stage: {
    label: 'Runs',
    progress: '{shown} of {count} shown',
    progressUpTo: '{shown} of up to {count} shown',
    connectionLost:
      'Can’t reach the playground. What has been started goes on at the server; reconnecting …',
    storageFull:
      'This browser’s storage is full: new pictures stay only until this page is left. Download what you need, or remove earlier runs.',
    storageUnavailable:
      'This browser keeps nothing for this page (private window or blocked storage): pictures and drafts stay only until it is left. Download what you need.',
    storageOutdated:
      'This page is older than what this browser keeps. Reload it; until then it keeps nothing.',
    found:
      '{count, plural, one {A run} other {# runs}} of yours of the last hour {count, plural, one {is} other {are}} at the server and not in this browser, which kept nothing of {count, plural, one {it} other {them}}.',
    foundShow: 'Show',
    foundLeave: 'Not now',
    paused: 'Too many requests. Trying again automatically.',
    started: 'Started. {count, plural, one {# picture} other {# pictures}} asked for.',
    finished: 'Finished. {count, plural, one {# picture} other {# pictures}} shown.',
    failed: 'The run has failed.',
    stopped: 'Stopped.',
    removed: 'Run removed.',
    undo: 'Undo',
    pictureRemoved: 'Picture removed.',
    recent: 'Recent',
    recentItem: '{prompt}: {count, plural, =0 {no picture} one {# picture} other {# pictures}}',
  },
  run: {
    label: 'Run: {prompt}',
    stop: 'Stop',
    remove: 'Remove this run',
    waiting: 'waiting',
    arriving: 'arriving · {bytes}',
    ofAbout: '{elapsed} of about {expected}',
    usuallyAbout: '{elapsed} · usually about {expected}',
    queued: 'Queued: it waits for a free connection.',
    nextTry: 'Try {number} of {most} in {time}',
    nextTrySpoken: 'Trying again automatically.',
    trying: 'Try {number} of {most} under way …',
    sentWhenBack:
      'Nothing was sent to the gateway, and nothing was charged. It is sent by itself as soon as the playground is back.',
    sentAgain: 'Again in {time}',
    sending: 'Sending …',
    tryNow: 'Try now',
    stopTrying: 'Stop trying',
    took: 'took {time}',
    tokens: '{count, number} tokens',
    tokensSplit: '{input, number} in, {output, number} out',
    fewer:
      '{count, plural, =0 {No picture} one {# picture} other {# pictures}} of the {asked} asked for came back.',
    fewerBatch: 'In batch mode the model itself decides how many it makes.',
    stopped: 'Stopped after {time}. The gateway may charge for what was under way.',
    found: 'Found at the server; its prompt is not kept here',
    useSettings: 'Use these settings',
    again: 'Try again',
    runAgain: 'Run again',
    stoppedWaiting: 'Stopped. The gateway was refusing for its rate; nothing was made.',
    againCharged: 'Try again · may be charged again',
    copyDetails: 'Copy details',
    copied: 'Copied',
    copyByHand: 'Press {keys} to copy.',
    details: 'What the server said',
    kept: '{shown, plural, =0 {Nothing had arrived whole.} other {# of {count} arrived whole and are kept below.}}',
  },
  picture: {
    alt: 'Picture {number} of {count}: {prompt}',
    download: 'Download',
    downloadNamed: 'Download {name}',
    downloadInstead: 'Download instead',
    copy: 'Copy',
    copied: 'Copied',
    copyHint: 'Copy the picture as PNG',
    copyRefused: {
      insecure: 'This page is on plain http, and there browsers let no page copy pictures.',
      unsupported: 'This browser cannot copy pictures.',
      failed: 'The browser did not let it be copied.',
    },
    dismiss: 'Close this note',
    delete: 'Delete this picture',
    open: 'View large: {alt}',
    alpha: 'alpha',
    asked: 'asked for {value}',
    opaque: 'opaque',
    noAlpha: 'no transparency',
    unreadable: 'This file arrived, but this browser cannot show it.',
    refused: 'This picture was not returned',
    invalid: 'This picture arrived damaged and cannot be shown. It may have been charged.',
    link: 'The gateway sent an address instead of a picture. Open it at {host}',
    linkReason:
      'This page loads pictures only from hosts that its operator allows (PICTURE_HOSTS).',
    gone: 'This picture is not kept in this browser any more.',
  },
  viewer: {
    label: 'Picture viewer',
    position: '{number, number} / {count, number}',
    spoken: '{number, number} of {count, number}. {alt}',
    previous: 'Previous picture (←)',
    next: 'Next picture (→)',
    zoomIn: 'Zoom in (+)',
    zoomOut: 'Zoom out (−)',
    percent: '{scale, number, ::percent .}',
    showReal: 'Show at 100 %. Now',
    showWhole: 'Show the whole picture. Now',
    toggleHint:
      'Whole picture (0) or 100 % (1). At 100 % each pixel of the picture takes one pixel of the page.',
  },
  zip: {
    download: '{count, plural, one {Download as ZIP} other {Download all # as ZIP}}',
    packing: 'Packing …',
    failed: 'The ZIP could not be made: a picture could not be read, or there is no room left.',
  },
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
