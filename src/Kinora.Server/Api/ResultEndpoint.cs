using System.Globalization;
using Kinora.Jobs;
using Microsoft.AspNetCore.Http;

namespace Kinora.Server.Api;

/// <summary><c>GET …/requests/{id}</c>: the bare output of the model, or the failure with its own status code. It never waits.</summary>
internal sealed class ResultEndpoint(IJobStore jobs, RequestLookup lookup)
{
    /// <summary>Answers 400 while the request is not over: any 2xx would be taken for the output.</summary>
    public async Task HandleAsync(ApiCall call)
    {
        if (await lookup.FindStatusAsync(call) is not { } status)
        {
            await ErrorResponses.WriteRequestNotFoundAsync(call.Response);
            return;
        }

        if (status.State is JobState.Queued or JobState.Running)
        {
            await ErrorResponses.WriteAsync(call.Response, StatusCodes.Status400BadRequest, "Request is still in progress");
            return;
        }

        await WriteAsync(call, await jobs.FindAsync(status.Id, call.Aborted));
    }

    /// <summary>Answers with the end of a job; null and a job whose output has been erased are not there any more.</summary>
    public static Task WriteAsync(ApiCall call, Job? job) => job switch
    {
        { State: JobState.Completed, Output: { } output } => WriteOutputAsync(call, job, output),
        { State: JobState.Failed, Failure: { } failure } => ErrorResponses.WriteFailureAsync(call.Response, failure),
        { State: JobState.Cancelled } => ErrorResponses.WriteCancelledAsync(call.Response),
        _ => ErrorResponses.WriteRequestNotFoundAsync(call.Response),
    };

    /// <summary>Names what the job is worth in the answer's headers.</summary>
    public static void SetBillableUnits(ApiCall call, Job job) => call.Response.Headers[WireHeaders.BillableUnits] = Format(job.BillableUnits ?? 0);

    private static Task WriteOutputAsync(ApiCall call, Job job, string output)
    {
        SetBillableUnits(call, job);
        return JsonResponse.WriteAsync(
            call.Response, StatusCodes.Status200OK, (output, call.FilesBase), static (writer, state) => OutputJson.Write(writer, state.output, state.FilesBase));
    }

    // Whole numbers without decimals, others with eight, as the hosted service writes them.
    private static string Format(decimal units) => units.ToString(decimal.IsInteger(units) ? "F0" : "F8", CultureInfo.InvariantCulture);
}
