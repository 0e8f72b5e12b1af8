export const bothModes = ['3g', '2g'];
