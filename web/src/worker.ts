// Shows the daily reminder, the same for everyone; it reads, keeps and fetches nothing.

interface Push extends Event {
  readonly data: { text(): string } | null;
  readonly notification: { close(): void };
  waitUntil(done: Promise<unknown>): void;
}

interface Place extends EventTarget {
  readonly registration: ServiceWorkerRegistration;
}

const place = self as unknown as Place;

place.addEventListener("push", (event) => {
  const push = event as Push;
  push.waitUntil(place.registration.showNotification(push.data?.text() ?? "…", { tag: "daily" }));
});

place.addEventListener("notificationclick", (event) => (event as Push).notification.close());
