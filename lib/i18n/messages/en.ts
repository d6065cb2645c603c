import { type ProblemReason, problemWords } from '../../core/problems';

// Every word of the pages. `problem` is what the API itself says, so both say the same.
export const en = {
  app: {
    name: 'Turing Playground',
    description: 'Make pictures with every image model of the gateway.',
  },
  shell: {
    skip: 'Skip to the content',
    navigation: 'Studios',
    generate: 'Generate',
    demo: 'Demo gateway · no key set',
    demoHint: 'Pictures are drawn by the built-in demo gateway. Set TURING_API_KEY for real ones.',
    demoShort: 'Demo',
    gateway: 'Gateway',
    gatewayShort: 'Gateway',
    gatewayHint: 'Requests go to the company’s image gateway and are charged there.',
    language: '中文',
    theme: { system: 'Theme: as the system', light: 'Theme: light', dark: 'Theme: dark' },
    shortcuts: 'Keyboard shortcuts',
    close: 'Close',
  },
  shortcuts: {
    title: 'Keyboard shortcuts',
    page: 'On the page',
    run: 'Generate',
    prompt: 'Go to the prompt',
    earlier: 'Earlier prompts, and back',
    sheet: 'Show this sheet',
    leave: 'Close what is open',
    viewer: 'In the picture viewer',
    pictures: 'Previous, next picture',
    zoom: 'Zoom in, out',
    whole: 'Whole picture',
    real: '100 %',
    move: 'Move a zoomed picture',
    shift: 'Shift',
    note: 'Single-key shortcuts are off while you type.',
  },
  notFound: {
    title: 'There is nothing at this address',
    text: 'The link may be old, or a letter is missing.',
    back: 'To the Generate page',
  },
  crash: {
    title: 'This page has tripped',
    text: 'Your draft is kept. Try again; if it happens once more, reload the page.',
    again: 'Try again',
    home: 'Reload the page',
  },
  form: {
    title: 'New picture',
    model: 'Model',
    canGenerate: '{count, plural, one {one can generate} other {# can generate}}',
    noModels:
      'No model can generate pictures. Ask whoever runs this server to look at MODELS_FILE.',
    prompt: 'Prompt',
    promptPlaceholder: 'Describe the picture: subject, setting, light, style …',
    characters: '{count, number} / {max, number}',
    charactersFree: '{count, number}',
    charactersSpoken: '{count, number} characters',
    size: 'Size',
    width: 'Width in pixels',
    height: 'Height in pixels',
    resolution: 'Resolution',
    auto: 'auto',
    autoVerdict: 'the model decides',
    megapixels: '{value, number, ::.00} MP',
    sizeIncomplete: 'Enter a width and a height in pixels.',
    sizeHint:
      '{model} is said to refuse fewer than {min, number} pixels; this has {actual, number}.',
    useSize: 'Use {size}',
    pictures: 'Pictures',
    fewer: 'One fewer',
    more: 'One more',
    moreOptions: 'More: {options}',
    notSent: 'gateway’s choice',
    optional: 'optional',
    generate: 'Generate',
    summaryPictures: '{count, plural, one {# picture} other {# pictures}}',
    summaryTime: 'about {time}',
    summaryUpTo: 'up to {count, plural, one {# picture} other {# pictures}}',
    switched: '{option} is now {to}: {because} {value} needs it.',
    switchedAway: '{option} is now {to}: {from} does not go with {because} {value}.',
    replaced: 'Your earlier settings are put aside.',
    bringBack: 'Bring them back',
  },
  capability: {
    anySize: 'any size to {level}',
    levels: 'up to {level}',
    sizes: '{count, plural, one {one size} other {# sizes}}',
    pictures: 'up to {count, number} pictures',
    batch: 'batches of up to {count, number}',
    transparent: 'transparent',
    references: '{count, plural, one {one reference} other {# references}}',
    mask: 'mask',
    conversation: 'conversation',
  },
  promptHistory: {
    button: 'history',
    title: 'Earlier prompts',
    keys: 'Earlier prompts (Alt+↑, back with Alt+↓)',
    search: 'Search earlier prompts',
    loading: 'One moment …',
    empty: 'No earlier prompts yet. Each one that you run is kept here.',
    nothingFound: 'No earlier prompt has these words.',
    position: '{place, number} / {count, number}',
    positionSpoken: 'Earlier prompt {place, number} of {count, number}',
  },
  option: {
    quality: {
      label: 'Quality',
      value: { low: 'low', medium: 'medium', high: 'high' },
    },
    output_format: { label: 'Format', value: { png: 'PNG', jpeg: 'JPEG' } },
    output_compression: { label: 'Compression', hint: '100 keeps the most detail' },
    background: {
      label: 'Background',
      value: { auto: 'auto', opaque: 'opaque', transparent: 'transparent' },
    },
    moderation: {
      label: 'Moderation',
      value: { auto: 'auto', low: 'low' },
      hint: 'How strictly the prompt is reviewed',
    },
    user: { label: 'User id', hint: 'Who this is for, kept by the gateway for audits' },
    sequential_image_generation: {
      label: 'Batch mode',
      value: { auto: 'auto', disabled: 'one only' },
      hint: 'With auto the model itself decides how many pictures belong to the batch',
    },
    sequential_image_generation_options: {
      max_images: { label: 'Pictures at most', hint: 'Upper bound of a batch' },
    },
  },
  empty: {
    title: 'What shall we make?',
    text: 'Write a prompt and press Generate, or start from one of these.',
    examples: {
      bear: {
        name: 'Misty forest',
        prompt:
          'a close-up of a bear walking through a misty forest at dawn, soft rim light, 85 mm, shallow depth of field, fine grain',
      },
      poster: {
        name: 'Travel poster',
        prompt:
          'a 1930s travel poster of a small harbour town, flat teal and coral shapes, morning sun over the sea, bold lettering “AMALFI”',
      },
      product: {
        name: 'Product shot',
        prompt:
          'a matte ceramic teapot on pale stone, studio light from the left, long soft shadow, warm grey background, catalogue photograph',
      },
      icon: {
        name: 'Paper craft',
        prompt:
          'a fox folded from orange and white paper, layered paper craft, gentle shadows, plain cream background, seen from above',
      },
    },
  },
  stage: {
    label: 'Runs',
    progress: '{shown} of {count} shown',
    progressUpTo: '{shown} of up to {count} shown',
    connectionLost: 'Can’t reach the playground. Your runs continue on the server; reconnecting …',
    storageFull:
      'This browser’s storage is full: new pictures stay only until this page is left. Download what you need, or remove earlier runs.',
    storageUnavailable:
      'This browser keeps nothing for this page (private window or blocked storage): pictures and drafts stay only until it is left. Download what you need.',
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
    tryNow: 'Try now',
    stopTrying: 'Stop trying',
    took: 'took {time}',
    tokens: '{count, number} tokens',
    tokensSplit: '{input, number} in, {output, number} out',
    fewer:
      '{count, plural, =0 {No picture} one {# picture} other {# pictures}} of the {asked} asked for came back.',
    fewerBatch: 'In batch mode the model itself decides how many it makes.',
    stopped: 'Stopped after {time}. The gateway may charge for what was under way.',
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
    invalid: 'This picture arrived damaged and cannot be shown.',
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
      advice: 'Its answer was cleared away, or the server has lost its data.',
    },
    spool_full: {
      title: 'The playground has no room for the answer',
      advice:
        'Its disk, or the share of it that answers may use, is full. Whoever runs this server needs to make room (SPOOL_MAX_BYTES); a smaller request may pass meanwhile.',
    },
    unknown: {
      title: 'Something unexpected came back',
      advice: 'Try again; if it stays so, pass on the details below.',
    },
    charged: '{advice} It may have been charged.',
    status: 'Status {status}',
    request: 'Request {id}',
  },
  problem: problemWords as Record<ProblemReason, string>,
};

/** The shape of every language's messages; one that lacks a key does not compile. */
export type Messages = typeof en;
