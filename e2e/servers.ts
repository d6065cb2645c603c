/** The servers of the end-to-end tests, all on this machine and all from one build. */
export const servers = {
  /** The app with no key: the embedded demo gateway. */
  demo: { port: 3105, url: 'http://localhost:3105' },
  /** The app with a key, and the demo gateway as an upstream of its own. */
  gateway: { port: 3106, url: 'http://localhost:3106' },
  /** The app with a key, and an upstream that fails as it is told. */
  faulty: { port: 3107, url: 'http://localhost:3107' },
} as const;

export const demoGateway = { port: 4105, url: 'http://127.0.0.1:4105/api/v1' };
export const faultUpstream = { port: 4106, url: 'http://127.0.0.1:4106/api/v1' };

/** What must never be seen outside the server. */
export const apiKey = 'sk-end-to-end-0123456789abcdef';
