using Microsoft.Extensions.Options;

namespace Kinora.Server.Api;

/// <summary>Stops the start with every rule that the options break.</summary>
internal sealed class ApiOptionsValidation : IValidateOptions<ApiOptions>
{
    public ValidateOptionsResult Validate(string? name, ApiOptions options)
    {
        string[] problems = [.. options.Check()];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
