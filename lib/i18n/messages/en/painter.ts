// The mask painter of the Edit page.
export const painter = {
  painter: {
    picture: 'The picture that the mask is painted on',
    tools: 'Tools for the mask',
    undo: 'Undo',
    mask: 'Mask',
    share: '{share, number, ::percent .#} of the picture',
    export: 'Export PNG',
    fit: 'Fit',
    fitHint: 'Show the whole picture (0)',
    real: '100 %',
    realHint: 'One pixel of the picture for each pixel of the page (1)',
  },
};
