using System.Net;
using Kinora.Client.Contracts;

namespace Kinora.Client;

/// <summary>The input was refused (HTTP 422), for all of these reasons.</summary>
public sealed class KinoraValidationException : KinoraApiException
{
    internal KinoraValidationException(string message, string? requestId, IReadOnlyList<ErrorDetail> errors)
        : base(HttpStatusCode.UnprocessableEntity, message, requestId, errors.Count > 0 ? errors[0].Type : null)
    {
        Errors = errors;
    }

    /// <summary>Every reason, in the order of the input's fields.</summary>
    public IReadOnlyList<ErrorDetail> Errors { get; }

    /// <summary>The reasons that point at a field, wherever it is nested.</summary>
    /// <param name="field">Its name on the wire, for example <c>image_url</c>.</param>
    public IEnumerable<ErrorDetail> ErrorsOf(string field) => Errors.Where(error => error.Loc.Contains(field));
}
