import { chooseSource, ServerFacts } from './choose-source.js';

const everything: ServerFacts = {
  hasUrl: true,
  listens: async () => true,
  dockerAnswers: async () => true,
  isInstalled: () => true,
  canInstall: async () => true,
};
const nothing: ServerFacts = {
  hasUrl: false,
  listens: async () => false,
  dockerAnswers: async () => false,
  isInstalled: () => false,
  canInstall: async () => false,
};

describe('where a server comes from', () => {
  it.each([
    ['environment', {}],
    ['listening', { hasUrl: false }],
    ['docker', { hasUrl: false, listens: nothing.listens }],
    ['private', { hasUrl: false, listens: nothing.listens, dockerAnswers: nothing.dockerAnswers }],
    ['install', { ...nothing, canInstall: everything.canInstall }],
    ['nowhere', nothing],
  ])('is %s, the best that is there', async (source, facts) => {
    expect(await chooseSource({ ...everything, ...facts })).toBe(source);
  });

  it('asks for nothing beyond what decides', async () => {
    const tooFar = () => Promise.reject(new Error('asked too far'));
    const facts = { ...everything, hasUrl: false, dockerAnswers: tooFar, canInstall: tooFar };
    expect(await chooseSource(facts)).toBe('listening');
  });
});
