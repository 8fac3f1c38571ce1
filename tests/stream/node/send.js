// One of the Node clients, unmodified, sends what the tests in ../test_node_clients.py expect: node send.js CLIENT WHAT URL KEY YESTERDAY
const [client, what, url, key, yesterday] = process.argv.slice(2);
const calls = {
  identify: { userId: "u1", traits: { email: "ana@acme.example" }, messageId: "m-identify" },
  group: { userId: "u1", groupId: "acme", traits: { name: "Acme", seats: 12 }, messageId: "m-group" },
  track: {
    userId: "u1",
    event: "Invoice Sent",
    properties: { amount: 12.5, to: "Müller" },
    context: { groupId: "acme" },
    timestamp: new Date(yesterday),
    messageId: "m-track",
  },
  page: { userId: "u1", name: "Pricing", properties: { url: "/pricing" }, messageId: "m-page" },
  screen: { userId: "u1", name: "Home", properties: { tab: "all" }, messageId: "m-screen" },
  alias: { userId: "u1", previousId: "visitor-1", messageId: "m-alias" },
};

function failed(error) {
  console.error(error);
  process.exitCode = 1;
}

const senders = {
  async segment() {
    const { Analytics } = require("@segment/analytics-node");
    const analytics = new Analytics({ writeKey: key, host: url, flushInterval: 100 });
    analytics.on("error", failed);
    // Segment's client makes the ids itself.
    if (what === "everything") for (const [kind, { messageId, ...call }] of Object.entries(calls)) analytics[kind](call);
    else for (let number = 0; number < 20; number += 1) analytics.track({ userId: `u${number}`, event: "Opened" });
    await analytics.closeAndFlush();
  },
  async rudder() {
    const Rudder = require("@rudderstack/rudder-sdk-node");
    const analytics = new Rudder(key, { dataPlaneUrl: url, flushInterval: 100, retryCount: 10, errorHandler: failed });
    if (what === "everything") for (const [kind, call] of Object.entries(calls)) analytics[kind](call);
    else for (let number = 0; number < 20; number += 1) analytics.track({ userId: `u${number}`, event: "Opened" });
    await analytics.flush();
  },
  async cloudevents() {
    const { CloudEvent, HTTP, emitterFor, httpTransport, Mode } = require("cloudevents");
    const event = (id) =>
      new CloudEvent({ id, source: "/billing-api", type: "api.call", subject: "acme", userid: "u1", time: yesterday, data: { ms: 12 } });
    const post = async ({ headers, body }) => {
      const answer = await fetch(`${url}/v1/events`, { method: "POST", headers: { ...headers, authorization: `Bearer ${key}` }, body });
      if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    };
    await post(HTTP.binary(event("c-1")));
    await post(HTTP.structured(event("c-2")));
    await post({ headers: { "content-type": "application/cloudevents-batch+json" }, body: JSON.stringify([event("c-3"), event("c-1")]) });
    // The emitter of the package's own documentation, which knows no more than an address and options of Node's http.request.
    const emit = emitterFor(httpTransport(`${url}/v1/events`), { mode: Mode.STRUCTURED });
    await emit(event("c-4"), { headers: { authorization: `Bearer ${key}` } });
  },
};

senders[client]().catch(failed);
