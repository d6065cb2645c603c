// What the server says of the gateway where one code of the interface stands for two things that ask
// for different acts. The page tells them apart by these words.

/** Of an upload that the gateway ended before it had arrived whole. */
export const uploadCutWords =
  'The gateway closed the connection during the upload: too large for it, perhaps. ' +
  'The request did not arrive whole.';

/** Before what only whoever runs the playground can put right. */
export const forOperatorWords = 'This is for the operator of the playground:';
