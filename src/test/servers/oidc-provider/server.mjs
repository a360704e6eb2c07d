// oidc-provider with its own development pages, on the loopback address only.
// Arguments: port, URL of the showcase
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const [port, showcase] = process.argv.slice(2);
const issuer = `http://localhost:${port}`;

const provider = new Provider(issuer, {
  clients: [{
    client_id: 's6BhdRkqt3',
    client_secret: 'gX1fBat3bV',
    redirect_uris: [`${showcase}/oauth/callback`],
    post_logout_redirect_uris: [`${showcase}/oauth/logged-out`],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
  }],
  claims: { openid: ['sub'], profile: ['name', 'preferred_username'], email: ['email', 'email_verified'] },
  findAccount: (ctx, id) => ({
    accountId: id,
    claims: () => ({ sub: id, name: id, preferred_username: id, email: `${id}@example.com`, email_verified: true }),
  }),
  cookies: { keys: ['for-tests-only'] },
  // Each refresh token is good for one use, and whoever repeats one ends them all.
  rotateRefreshToken: true,
  features: { revocation: { enabled: true }, introspection: { enabled: true } },
});
createServer(provider.callback()).listen(Number(port), '127.0.0.1', () => console.log(`listening on ${issuer}`));
