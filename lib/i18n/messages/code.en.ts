// The code that sends a run's request again.
export const codeEnglish = {
  code: {
    get: 'Get code',
    title: 'The request as code',
    language: 'Language',
    target: 'Sent to',
    app: 'This app',
    gateway: 'The gateway',
    environment: 'Set once',
    appKey: 'The key is this app’s password; without a password any word works.',
    gatewayKey: 'Address and key are those of your company’s gateway.',
    request: 'The request',
    cost: 'It sends the same request once more, and is charged like every other.',
    copy: 'Copy',
    save: 'Save',
    files: 'Files',
    filesHint: 'The code reads these files: save them in the folder where you run it.',
    gone: '{name} is not stored any more',
    unknown: 'What this run sent is not known in this browser.',
  },
};
