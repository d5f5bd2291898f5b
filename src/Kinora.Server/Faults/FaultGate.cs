using System.Collections.Concurrent;
using Kinora.Server.Api;
using Kinora.Server.Api.Routing;
using Microsoft.AspNetCore.Http;

namespace Kinora.Server.Faults;

/// <summary>
/// Stands before the protocol's answers and replaces those that a request asked to fail. Counts live in this process: a restart begins them anew.
/// </summary>
internal sealed class FaultGate(FaultOptions options, StandingFaults standing, TimeProvider time)
{
    public const string Header = "x-kinora-fault";

    /// <summary>Beyond this the oldest plans are forgotten; tests that need more at once are rare.</summary>
    private const int MostPlans = 10_000;

    private static readonly TimeSpan s_beforeDrop = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<Guid, FaultPlan> _plans = [];
    private readonly ConcurrentDictionary<(string Of, FaultyCall? Call), int> _counts = [];
    private readonly ConcurrentQueue<Guid> _age = [];

    /// <summary>The plan of a submit: the one that came with it, else the one that stands for its owner; null if there is neither.</summary>
    /// <exception cref="FormatException">It is malformed or not enabled; the message is for the caller.</exception>
    public FaultPlan? Read(IHeaderDictionary headers, string owner)
    {
        var text = headers[Header].ToString();
        if (text.Length == 0) return options.Enabled ? standing.Find(owner) : null;
        return options.Enabled
            ? FaultPlanParser.Parse(text)
            : throw new FormatException($"{Header} is refused: this server produces no faults on demand. Start it with --faults, for tests only.");
    }

    /// <summary>Remembers what calls about a new request will be answered.</summary>
    public void Watch(Guid id, FaultPlan plan)
    {
        if (plan.Answers.Count == 0 && plan.DroppedStreams == 0 || !_plans.TryAdd(id, plan)) return;
        _age.Enqueue(id);
        while (_plans.Count > MostPlans && _age.TryDequeue(out var oldest)) Forget(oldest);
    }

    /// <summary>Answers a call that is to fail.</summary>
    /// <returns>Whether it did.</returns>
    public async ValueTask<bool> TryAnswerAsync(ApiCall call)
    {
        if (!options.Enabled || CallOf(call.Route.Operation) is not { } kind || FindPlan(call, kind) is not var (of, plan)) return false;
        if (!plan.Answers.TryGetValue(kind, out var answer) || !Take(of, kind, answer.Times)) return false;

        if (answer.StatusCode == StatusCodes.Status429TooManyRequests) call.Response.Headers[WireHeaders.NeedsRetry] = "1";
        if (Guid.TryParseExact(call.Route.RequestId, "D", out var id)) call.SetRequestId(id);
        await ErrorResponses.WriteAsync(call.Response, answer.StatusCode, $"This answer was asked for: {plan.Text}.", ErrorTypeOf(answer.StatusCode));
        return true;
    }

    /// <summary>Breaks a status stream if it is one of those that are to break.</summary>
    /// <returns>Whether it did.</returns>
    public async ValueTask<bool> TryDropStreamAsync(ApiCall call, Guid id)
    {
        if (!_plans.TryGetValue(id, out var plan) || !Take(id.ToString(), null, plan.DroppedStreams)) return false;

        // What was flushed is still on its way to the socket, and a broken connection would take it along.
        await Task.Delay(s_beforeDrop, time, call.Aborted);
        call.Http.Abort();
        return true;
    }

    private static FaultyCall? CallOf(ProtocolOperation operation) => operation switch
    {
        ProtocolOperation.Invoke or ProtocolOperation.InvokeStream => FaultyCall.Submit,
        ProtocolOperation.Status => FaultyCall.Status,
        ProtocolOperation.Result => FaultyCall.Result,
        ProtocolOperation.Cancel => FaultyCall.Cancel,
        _ => null,
    };

    // A submit that failed has no id yet: a client that tries again is known by its plan. A malformed one is refused later.
    private (string Of, FaultPlan Plan)? FindPlan(ApiCall call, FaultyCall kind)
    {
        if (kind != FaultyCall.Submit)
            return Guid.TryParseExact(call.Route.RequestId, "D", out var id) && _plans.TryGetValue(id, out var known) ? (id.ToString(), known) : null;

        try
        {
            return Read(call.Http.Request.Headers, call.Owner) is { } plan ? ($"{call.Owner}\n{plan.Text}", plan) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    // After the last failing submit the count begins anew, so that the next test sees the same.
    private bool Take(string of, FaultyCall? kind, int times)
    {
        var taken = _counts.AddOrUpdate((of, kind), 1, (_, before) => before + 1);
        if (taken <= times) return true;
        if (kind == FaultyCall.Submit) _counts.TryRemove((of, kind), out _);
        return false;
    }

    private void Forget(Guid id)
    {
        _plans.TryRemove(id, out _);
        foreach (FaultyCall? call in new FaultyCall?[] { FaultyCall.Status, FaultyCall.Result, FaultyCall.Cancel, null })
            _counts.TryRemove((id.ToString(), call), out _);
    }

    private static string? ErrorTypeOf(int statusCode) => statusCode switch
    {
        400 => "bad_request",
        429 => "concurrent_requests_limit",
        500 => "internal_error",
        502 => "runner_incomplete_response",
        503 => "runner_scheduling_failure",
        504 => "request_timeout",
        _ => null,
    };
}
