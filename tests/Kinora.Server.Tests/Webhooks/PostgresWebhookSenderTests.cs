using Kinora.Jobs.Tests;

namespace Kinora.Server.Tests.Webhooks;

public sealed class PostgresWebhookSenderTests() : WebhookSenderTests(TestStore.Postgres);
