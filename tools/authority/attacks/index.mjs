export const attackFiles = () => ({});
