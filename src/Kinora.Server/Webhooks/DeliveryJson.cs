using System.Globalization;
using System.Text.Json;
using Kinora.Jobs.Webhooks;

namespace Kinora.Server.Webhooks;

/// <summary>Deliveries as the API shows them.</summary>
internal static class DeliveryJson
{
    private static readonly (WebhookState State, string Name)[] s_names =
    [
        (WebhookState.Waiting, "waiting"), (WebhookState.Due, "due"), (WebhookState.Delivered, "delivered"), (WebhookState.GivenUp, "given_up"),
    ];

    /// <summary>Reads a state's name; nothing gives null.</summary>
    /// <returns>False if there is no such state.</returns>
    public static bool TryParseState(string name, out WebhookState? state)
    {
        var index = Array.FindIndex(s_names, known => known.Name == name);
        state = index < 0 ? null : s_names[index].State;
        return index >= 0 || name.Length == 0;
    }

    /// <summary>Gives a state's name.</summary>
    public static string NameOf(WebhookState state) => Array.Find(s_names, known => known.State == state).Name;

    public static void WriteState(Utf8JsonWriter writer, WebhookState state)
    {
        writer.WriteStartObject();
        writer.WriteString("state", NameOf(state));
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, IReadOnlyList<WebhookDelivery> deliveries)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("deliveries");
        foreach (var delivery in deliveries)
            Write(writer, delivery, withLog: false);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static void WriteWithLog(Utf8JsonWriter writer, WebhookDelivery delivery) => Write(writer, delivery, withLog: true);

    private static void Write(Utf8JsonWriter writer, WebhookDelivery delivery, bool withLog)
    {
        writer.WriteStartObject();
        writer.WriteString("request_id", delivery.JobId);
        writer.WriteString("url", delivery.Url);
        writer.WriteString("state", NameOf(delivery.State));
        writer.WriteNumber("tries", delivery.Tries);
        writer.WriteString("next_try_at", delivery.NextTryAt is { } next ? Format(next) : null);
        if (withLog)
        {
            writer.WriteStartArray("log");
            foreach (var entry in delivery.Log)
                Write(writer, entry);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, WebhookTry entry)
    {
        writer.WriteStartObject();
        writer.WriteNumber("try", entry.Number);
        writer.WriteString("at", Format(entry.At));
        if (entry.StatusCode is { } status) writer.WriteNumber("status_code", status);
        else writer.WriteNull("status_code");
        writer.WriteNumber("latency_ms", (long)entry.Latency.TotalMilliseconds);
        writer.WriteString("problem", entry.Problem);
        writer.WriteEndObject();
    }

    private static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
