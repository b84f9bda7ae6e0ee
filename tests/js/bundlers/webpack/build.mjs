import webpack from 'webpack';

export default ({ app, out }) =>
  new Promise((done, fail) => {
    const config = { mode: 'production', entry: `${app}/main.js`, output: { path: out, filename: 'main.js', clean: true }, performance: { hints: false } };
    webpack(config, (error, stats) => (error || stats.hasErrors() || stats.hasWarnings() ? fail(error ?? new Error(stats.toString())) : done()));
  });
