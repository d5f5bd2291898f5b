using System.Text;
using Kinora.Jobs;
using Kinora.Jobs.Keys;
using Kinora.Server.Endpoints;

namespace Kinora.Server.Limits;

/// <summary>What a request can cost by its endpoint's price list. Looked at only for keys that have a budget.</summary>
internal sealed class PriceEstimate(IBudgetStore budgets)
{
    /// <summary>Gives the price, or null if the key has no budget or the input will be refused, which costs nothing.</summary>
    public async Task<JobPrice?> FindAsync(string owner, ModelEndpoint endpoint, string input, CancellationToken cancellationToken)
    {
        if (await budgets.FindAsync(owner, cancellationToken) is null) return null;
        if (!JsonBody.TryParse(Encoding.UTF8.GetBytes(input), out var body, out _) || endpoint.Validate(body) is not InputValidation.Accepted accepted) return null;

        var seconds = accepted.Request.Shots.Sum(shot => shot.Duration.TotalSeconds);
        return new JobPrice(accepted.Request.UnitPrice, (decimal)seconds * accepted.Request.UnitPrice);
    }
}
