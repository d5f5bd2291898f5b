using Kinora.Jobs.Tests;

namespace Kinora.Server.Tests.Webhooks;

public sealed class SqliteWebhookSenderTests() : WebhookSenderTests(TestStore.Sqlite);
