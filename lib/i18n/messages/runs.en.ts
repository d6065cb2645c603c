// Runs, their pictures, and what went wrong with one: a title and an advice for each kind of failure.
export const runsEnglish = {
  stage: {
    label: 'Runs',
    progress: '{shown} of {count} shown',
    progressUpTo: '{shown} of up to {count} shown',
    connectionLost: 'The server cannot be reached. Your runs continue there. Reconnecting…',
    databaseAway:
      'The server cannot reach its database. What is under way there continues. Trying again…',
    storageFull:
      'This browser’s storage is full. New pictures are lost when you leave this page. Download what you need, then remove earlier runs or close other tabs of this site. A private window has little room; a normal one has more.',
    storageUnavailable:
      'This browser stores nothing for this page (private window or blocked storage). Pictures and drafts are lost when you leave it. Download what you need.',
    storageOutdated:
      'A newer version of this page has been used in this browser. Reload this page; until then nothing is stored.',
    found:
      '{count, plural, one {# recent run is} other {# recent runs are}} on the server but not in this browser.',
    foundShow: 'Show',
    foundLeave: 'Not now',
    paused: 'Too many requests. Trying again automatically.',
    started: 'Started. {count, plural, one {# picture} other {# pictures}} requested.',
    finished: 'Finished. {count, plural, one {# picture} other {# pictures}} shown.',
    failed: 'The run failed.',
    stopped: 'Stopped.',
    removed: 'Run removed.',
    undo: 'Undo',
    pictureRemoved: 'Picture removed.',
    older: '{count, plural, one {Show # older run} other {Show # older runs}}',
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
    queued: 'Queued, waiting for a free connection.',
    unsent: 'Not confirmed by the server yet. It goes out once the server answers.',
    nextTry: 'Try {number} of {most} in {time}',
    nextTrySpoken: 'Trying again automatically.',
    trying: 'Try {number} of {most} in progress…',
    sentWhenBack:
      'Nothing was sent to the gateway, and nothing was charged. The run starts automatically once the server is back.',
    sentAgain: 'Next try in {time}',
    sending: 'Sending…',
    tryNow: 'Try now',
    stopTrying: 'Stop trying',
    took: 'took {time}',
    tokens: '{count, number} tokens',
    tokensSplit: '{input, number} in, {output, number} out',
    fewer:
      '{count, plural, =0 {No picture was} one {# picture was} other {# pictures were}} returned of {asked} requested.',
    fewerBatch: 'In batch mode the model decides how many pictures it makes.',
    stopped: 'Stopped after {time}. The gateway may charge for the work in progress.',
    stoppedUnsent:
      'Stopped before the server confirmed it. If it had arrived there, it may be charged.',
    found: 'Found on the server; its prompt is not in this browser',
    useSettings: 'Use these settings',
    useSettingsIn: 'Use these settings in {page}',
    useSettingsHint:
      'Puts its settings, prompt, pictures and mask into the form. What is there now can be restored.',
    runAgainHint: 'Sends the same request once more',
    again: 'Try again',
    readAgain: 'Read again',
    saveAnswer: 'Save the answer as a file',
    savingAnswer: 'Saving…',
    saveAnswerFailed: 'The answer could not be fetched. Try again in a moment.',
    runAgain: 'Run again',
    stoppedWaiting: 'Stopped while waiting. Nothing was made, and nothing was charged.',
    againCharged: 'Try again · may be charged again',
    copyDetails: 'Copy details',
    copied: 'Copied',
    copyByHand: 'Press {keys} to copy.',
    details: 'What the server said',
    kept: '{shown, plural, =0 {No complete picture had arrived.} other {# of {count} arrived complete and {shown, plural, one {is} other {are}} kept below.}}',
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
      insecure: 'Browsers only allow copying pictures on https pages.',
      unsupported: 'This browser cannot copy pictures.',
      failed: 'The browser refused to copy the picture.',
    },
    dismiss: 'Close this message',
    delete: 'Delete this picture',
    open: 'View large: {alt}',
    alpha: 'alpha',
    asked: 'asked for {value}',
    opaque: 'opaque',
    noAlpha: 'no transparency',
    unreadable: 'The file arrived, but this browser cannot show it.',
    refused: 'This picture was not returned',
    invalid: 'This picture arrived damaged and cannot be shown. It may have been charged.',
    link: 'The gateway sent a link instead of a picture. Open it at {host}',
    linkReason:
      'Pictures are only loaded from hosts that the administrator allows (PICTURE_HOSTS).',
    gone: 'This picture is no longer in this browser.',
  },
  viewer: {
    label: 'Picture viewer',
    position:
      '{count, plural, =1 {} other {{number} of {count}}}{runs, plural, =1 {} other {{count, plural, =1 {Run} other { · run}} {run} of {runs}}}',
    promptMore: 'Whole prompt',
    promptLess: 'Shorter',
    previous: 'Previous picture (←)',
    next: 'Next picture (→)',
    first: 'It is the first picture',
    last: 'It is the last picture',
    zoomIn: 'Zoom in (+)',
    zoomOut: 'Zoom out (−)',
    percent: '{scale, number, ::percent .}',
    showReal: 'Show at 100%. Currently',
    showWhole: 'Show the whole picture. Currently',
    toggleHint:
      'Whole picture (0) or 100% (1). At 100%, one pixel of the picture is one pixel of the page.',
  },
  zip: {
    download: '{count, plural, one {Download as ZIP} other {Download all # as ZIP}}',
    packing: 'Packing…',
    failed: 'The ZIP could not be created: a picture could not be read, or storage is full.',
  },
  trouble: {
    fitsAgain: 'fits again from {time}',
    prompt_refused: {
      title: 'The prompt was refused',
      advice:
        'The content filter blocked it. Reword anything that could be read as violent, sexual or about a real person, then try again.',
    },
    output_refused: {
      title: 'The picture was held back',
      advice:
        'The content filter blocked the finished picture. The same prompt may pass next time; milder wording helps.',
    },
    rate_limit: {
      title: 'Too many requests',
      advice: 'The gateway’s rate limit is reached. Wait a minute, then try again.',
      adviceAfter:
        'The gateway’s rate limit is reached. Try again in {unit, select, hour {{count, plural, one {an hour} other {# hours}}} minute {{count, plural, one {a minute} other {# minutes}}} other {{count, plural, one {a second} other {# seconds}}}}.',
    },
    quota_spent: {
      title: 'The gateway’s account is used up',
      advice:
        'Waiting does not help. Send the details below to your administrator, who needs to top up the account.',
    },
    queue_wait: {
      title: 'Waiting in line',
      advice: 'It is sent by itself when its turn comes. Nothing was sent.',
    },
    budget_wait: {
      title: 'Waiting for your budget',
      advice: 'It is sent by itself once the budget has room. Nothing was sent.',
    },
    budget_spent: {
      title: 'Over your budget of pictures',
      advice:
        'Each person may ask for a limited number of pictures in 24 hours. Nothing was sent, and nothing was charged.',
      adviceAt:
        'You have asked for {used} of the {limit} pictures that each person may ask for in 24 hours. This request fits again from {time}. Nothing was sent, and nothing was charged.',
      adviceNever:
        'Each person may ask for {limit, plural, one {# picture} other {# pictures}} in 24 hours, and this request alone asks for more. Ask for fewer at a time. Nothing was sent, and nothing was charged.',
    },
    timeout: {
      title: 'The gateway took too long',
      advice:
        'No answer arrived in time. Large sizes at high quality take longest: try a smaller size or lower quality.',
    },
    unreachable: {
      title: 'The gateway cannot be reached',
      advice:
        'The server is running, but the gateway does not respond. Try again in a moment. If this continues, tell your administrator.',
    },
    upload_cut: {
      title: 'The gateway stopped the upload',
      advice:
        'The request may be too large for the gateway. Use fewer or smaller pictures, or try again.',
    },
    hung_up: {
      title: 'The gateway gave no answer',
      advice: 'It accepted the request, then closed the connection. Try again in a moment.',
    },
    broken_answer: {
      title: 'The answer could not be read',
      advice:
        'The gateway’s answer contains no picture. If this happens again, tell your administrator.',
    },
    answer_too_large: {
      title: 'The answer was too large',
      advice: 'It exceeded the limit of 512 MB. Request fewer pictures at once or a smaller size.',
    },
    operator: {
      title: 'The server is misconfigured',
      advice:
        'Your request is fine. Send the details below to your administrator, who needs to check the server’s settings.',
    },
    hidden_host: {
      title: 'The server does not know its own address',
      advice:
        'It therefore treats this page as a foreign site and refuses its requests. Ask your administrator to set PUBLIC_ORIGIN={origin} and restart the server.',
    },
    signed_out: {
      title: 'You are signed out',
      advice: 'Nothing was sent. Sign in, then try again.',
    },
    too_large: {
      title: 'The request is too large',
      advice: 'Use fewer or smaller pictures, or a shorter text.',
    },
    refused: {
      title: 'The gateway refused these settings',
      advice: 'The reason is below. Change the setting and try again.',
    },
    server_error: {
      title: 'Something failed on the server',
      advice: 'Your prompt is not the cause. Try again in a moment.',
    },
    proxy_too_large: {
      title: 'The request is too large for a proxy',
      advice:
        'A proxy in front of the server refuses requests of this size. Use fewer or smaller pictures, or ask your administrator to raise the limit (nginx: client_max_body_size).',
    },
    proxy_unavailable: {
      title: 'The server is not responding',
      advice:
        'A proxy reports that the server cannot be reached. It may be restarting. Try again in a minute.',
    },
    proxy_timeout: {
      title: 'A proxy timed out',
      advice:
        'The request took longer than a proxy in front of the server allows. Ask your administrator to raise the limit (nginx: proxy_read_timeout).',
    },
    network: {
      title: 'The server cannot be reached',
      advice: 'Check your network connection and try again.',
    },
    broken_off: {
      title: 'The answer is incomplete',
      advice: 'The gateway stopped before the end, and the rest is lost.',
    },
    interrupted: {
      title: 'The server was restarted',
      advice: 'The run was in progress, and its answer is lost.',
    },
    lost: {
      title: 'The server no longer has this run',
      advice: 'Its answer was deleted, or is missing or damaged where the server keeps it.',
    },
    reference_lost: {
      title: 'A reference is missing',
      advice:
        'The file below is no longer in this browser. Add the picture again, then start a new edit.',
    },
    browser_full: {
      title: 'This browser has no room for the pictures of the request',
      advice:
        'Nothing was sent. Download what you need, then close other tabs of this site or remove earlier runs. A private window has little room; a normal one has more.',
    },
    spool_full: {
      title: 'The server has no space for the answer',
      advice:
        'Its disk or its limit for answers (SPOOL_MAX_BYTES) is full. Tell your administrator. Meanwhile, a smaller request may succeed.',
    },
    server_stopping: {
      title: 'The server is restarting',
      advice:
        'Nothing was sent to the gateway, and nothing was charged. Try again once the server is back.',
    },
    store_unavailable: {
      title: 'The server cannot reach its database',
      advice:
        'Nothing was sent to the gateway, and nothing was charged. Try again in a minute. If this continues, tell your administrator.',
    },
    unread: {
      title: 'The answer could not be read here',
      advice:
        'It has arrived, but this page failed while reading it. Nothing is lost: the server keeps it. Reload the page, then read it again, which sends and charges nothing; or save it as a file for your administrator.',
    },
    unknown: {
      title: 'Unexpected answer',
      advice: 'Try again. If this continues, send the details below to your administrator.',
    },
    charged: '{advice} It may have been charged.',
    nothingMade: '{advice} Nothing was made.',
    sameAgain: '{advice} Trying again is safe: a request that arrived is never sent twice.',
    status: 'Status {status}',
    request: 'Request {id}',
  },
};
