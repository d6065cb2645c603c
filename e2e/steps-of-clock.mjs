// Loaded before a server: each SIGUSR2 puts its clock forward by two minutes.
const now = Date.now;
let shift = 0;
Date.now = () => now() + shift;
process.on('SIGUSR2', () => {
  shift += 120_000;
});
