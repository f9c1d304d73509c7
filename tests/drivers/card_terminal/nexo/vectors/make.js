// Makes official.json: what the vendor's own library for Node (@adyen/api-library, MIT) makes of a few messages.
//
//   npm install @adyen/api-library@32.1.0 && node make.js > official.json
//
// The nonces are fixed, where the library would draw them by chance, so that both directions can be compared byte by
// byte. It runs by hand: the tests read what it made.
const { readFileSync } = require("fs");
const path = require("path");
const library = path.dirname(require.resolve("@adyen/api-library/package.json"));
const NexoCrypto = require(path.join(library, "lib/src/security/nexoCrypto.js")).default;
const KeyGenerator = require(path.join(library, "lib/src/security/nexoDerivedKeyGenerator.js")).default;

const cases = JSON.parse(readFileSync(path.join(__dirname, "cases.json"), "utf-8"));
const made = cases.map((one) => {
  const key = { KeyIdentifier: one.key_id, KeyVersion: one.key_version, Passphrase: one.passphrase, AdyenCryptoVersion: 1 };
  NexoCrypto.generateRandomIvNonce = () => Buffer.from(one.nonce, "hex");
  const header = Object.values(JSON.parse(one.plain))[0].MessageHeader;
  const sealed = NexoCrypto.encrypt(header, one.plain, key);
  if (new NexoCrypto().decrypt(sealed, key) !== one.plain) throw new Error("it cannot read itself");
  const derived = KeyGenerator.deriveKeyMaterial(one.passphrase);
  const keys = Object.fromEntries(Object.entries(derived).slice(0, 3).map(([name, value]) => [name, value.toString("hex")]));
  return { ...one, sealed, derived: { ...keys, iv: keys.iv.slice(0, 32) } };
});
console.log(JSON.stringify({ library: "@adyen/api-library 32.1.0", cases: made }, null, 1));
