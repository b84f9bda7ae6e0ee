import { Parcel } from '@parcel/core';

export default ({ app, out, work }) =>
  new Parcel({
    entries: `${app}/index.html`,
    defaultConfig: '@parcel/config-default',
    mode: 'production',
    cacheDir: `${work}/cache`,
    // the package names its doors in "exports" only
    additionalReporters: [],
    defaultTargetOptions: { distDir: out, publicUrl: '/', sourceMaps: false },
  }).run();
