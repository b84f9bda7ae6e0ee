import { Parcel } from '@parcel/core';

export default ({ app, out, work }) => {
  const target = { distDir: out, publicUrl: '/', sourceMaps: false };
  // a cached build writes nothing into an emptied folder
  return new Parcel({ entries: `${app}/index.html`, defaultConfig: '@parcel/config-default', mode: 'production', cacheDir: `${work}/cache`, shouldDisableCache: true, defaultTargetOptions: target }).run();
};
