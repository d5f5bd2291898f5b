namespace Kinora.Server.Endpoints;

/// <summary>What the hosted service charges, in USD for each second of output. Kinora itself charges nothing: this is what a request would have cost.</summary>
/// <param name="AudioOff">Price without a soundtrack.</param>
/// <param name="AudioOn">Price with a soundtrack.</param>
/// <param name="VoiceControl">Price with a soundtrack that uses the caller's own voices, or null where there are none.</param>
public sealed record EndpointPrice(decimal AudioOff, decimal AudioOn, decimal? VoiceControl = null)
{
    /// <summary>One price, whatever is asked for.</summary>
    public static EndpointPrice Flat(decimal perSecond) => new(perSecond, perSecond);

    /// <summary>The price of a second of such a clip.</summary>
    public decimal PerSecond(bool audio, bool ownVoice = false) => (audio, ownVoice) switch
    {
        (false, _) => AudioOff,
        (true, true) => VoiceControl ?? AudioOn,
        (true, false) => AudioOn,
    };
}
