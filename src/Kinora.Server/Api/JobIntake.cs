using System.Diagnostics;
using System.Globalization;
using Kinora.Jobs;
using Kinora.Jobs.Webhooks;
using Kinora.Server.Endpoints;
using Kinora.Server.Faults;
using Kinora.Server.Limits;
using Kinora.Server.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Kinora.Server.Api;

/// <summary>What submits and synchronous runs share: reading the headers and the body, and storing the job.</summary>
internal sealed class JobIntake(IJobStore jobs, PriceEstimate prices, FaultGate faults, IOptions<ApiOptions> options)
{
    /// <summary>A readable submit.</summary>
    /// <param name="Headers">What its headers ask for.</param>
    /// <param name="Input">Its body as it came.</param>
    /// <param name="Webhook">Whom to tell when it is over; null: nobody.</param>
    /// <param name="Faults">The faults that it asked for; null: none.</param>
    public sealed record Submission(SubmitHeaders Headers, string Input, Uri? Webhook, FaultPlan? Faults);

    /// <summary>Reads headers and body. On anything unacceptable it answers and returns null.</summary>
    public async Task<Submission?> TryReadAsync(ApiCall call)
    {
        SubmitHeaders headers;
        Uri? webhook;
        FaultPlan? plan;
        try
        {
            webhook = WebhookUrl.Read(call.Query);
            plan = faults.Read(call.Http.Request.Headers, call.Owner);
            headers = SubmitHeaders.Parse(call.Http.Request.Headers);
        }
        catch (FormatException e)
        {
            await ErrorResponses.WriteBadRequestAsync(call.Response, e.Message);
            return null;
        }

        var body = await RequestBody.ReadAsync(call.Http.Request, options.Value.MaxBodyBytes, call.Aborted);
        if (body.Text is not null) return new Submission(headers, body.Text, webhook, plan);

        await (body.IsTooLarge
            ? ErrorResponses.WriteTooLargeAsync(call.Response, options.Value.MaxBodyBytes)
            : ErrorResponses.WriteBadRequestAsync(call.Response, "The request body must be JSON in UTF-8; it holds bytes that are no text."));
        return null;
    }

    /// <summary>Refuses a submit whose <c>fal_max_queue_length</c> is exceeded. Returns whether it answered.</summary>
    public async Task<bool> TryRefuseLongQueueAsync(ApiCall call)
    {
        var text = call.Query["fal_max_queue_length"].ToString();
        if (text.Length == 0) return false;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var longest))
        {
            await ErrorResponses.WriteBadRequestAsync(call.Response, "fal_max_queue_length must be a whole number of requests, 0 or more.");
            return true;
        }

        var queued = await jobs.CountQueuedAsync(owner: null, call.Aborted);
        if (queued <= longest) return false;
        call.Response.Headers[WireHeaders.NeedsRetry] = "1";
        await ErrorResponses.WriteAsync(
            call.Response, StatusCodes.Status429TooManyRequests, $"{queued} requests are queued, more than the {longest} that fal_max_queue_length allows.");
        return true;
    }

    /// <summary>Stores the job and names it in the answer's headers. It is durable when this returns.</summary>
    /// <returns>The outcome; a conflict (422), a full queue (429) and a spent budget (403) have been answered and come back as null.</returns>
    public async Task<EnqueueOutcome?> TryEnqueueAsync(ApiCall call, ModelEndpoint endpoint, Submission submission, bool isTied)
    {
        var price = await prices.FindAsync(call.Owner, endpoint, submission.Input, call.Aborted);
        var job = CreateJob(call, endpoint, submission, isTied) with { Price = price };

        // A client that hangs up now gets no answer, but its job is stored or not, never half; under an idempotency key it finds it again.
        var outcome = await jobs.EnqueueAsync(job, CancellationToken.None);
        switch (outcome)
        {
            case EnqueueOutcome.Accepted accepted:
                call.SetRequestId(accepted.Id);
                if (submission.Faults is { } plan) faults.Watch(accepted.Id, plan);
                return outcome;
            case EnqueueOutcome.Replayed replayed:
                call.SetRequestId(replayed.Id);
                return outcome;
            default:
                await WriteRefusalAsync(call, outcome, price);
                return null;
        }
    }

    private static Task WriteRefusalAsync(ApiCall call, EnqueueOutcome outcome, JobPrice? price)
    {
        if (outcome is EnqueueOutcome.OverBudget { Budget: var budget })
        {
            var detail = string.Create(
                CultureInfo.InvariantCulture,
                $"User is locked. Reason: Exhausted balance. This key's budget is ${budget.Amount:0.00####}; ${budget.Spent:0.00####} is spent, "
                + $"${budget.Held:0.00####} is held for unfinished requests, and this one can cost ${price!.AtMost:0.00####}.");
            return ErrorResponses.WriteAsync(call.Response, StatusCodes.Status403Forbidden, detail);
        }

        if (outcome is not EnqueueOutcome.QueueFull { Queued: var queued }) return ErrorResponses.WriteViolationsAsync(call.Response, [KeyReused()]);
        call.Response.Headers[WireHeaders.NeedsRetry] = "1";
        return ErrorResponses.WriteAsync(call.Response, StatusCodes.Status429TooManyRequests, $"This key has {queued} requests queued, which is its limit. Try again later.");
    }

    private NewJob CreateJob(ApiCall call, ModelEndpoint endpoint, Submission submission, bool isTied) => new()
    {
        Id = Guid.NewGuid(),
        Owner = call.Owner,
        Endpoint = endpoint.Id,
        Input = submission.Input,
        Engine = options.Value.EndpointEngines.TryGetValue(endpoint.Id, out var engine) ? engine : options.Value.Engine,
        Priority = submission.Headers.Priority,
        MaxAttempts = isTied || submission.Headers.NoRetry ? 1 : options.Value.MaxAttempts,
        StartTimeout = submission.Headers.StartTimeout,
        IdempotencyKey = submission.Headers.IdempotencyKey,
        StorePayloads = submission.Headers.StorePayloads,
        TiedToConnection = isTied,
        TraceParent = TraceParentOf(call.Http),
        FileLifecycle = submission.Headers.FileLifecycle?.ToJson(),
        MostQueued = options.Value.MaxQueuedPerKey,
        Tags = submission.Headers.Tags,
        SearchText = PromptText.Of(submission.Input),
        Faults = submission.Faults?.Text,
        Delay = submission.Faults?.Queue,
        Webhook = !isTied && submission.Webhook is { } url ? new NewWebhook(url, call.Origin) : null,
    };

    // This request's own span, or where nobody listens here, the client's: a worker may have a listener.
    private static string? TraceParentOf(HttpContext http) =>
        Activity.Current?.Id ?? (ActivityContext.TryParse(http.Request.Headers.TraceParent, null, out _) ? http.Request.Headers.TraceParent.ToString() : null);

    private static Violation KeyReused() => new(
        ["header", "idempotency-key"],
        "This idempotency key was used before with another endpoint or body. Use a new key for a new request.",
        "idempotency_key_reused");
}
