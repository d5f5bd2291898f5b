namespace Kinora.Rendering.Direction;

/// <summary>Quoted words in a prompt.</summary>
/// <param name="Text">The words, without marks.</param>
/// <param name="First">Index of its first character in the prompt, marks included.</param>
/// <param name="Length">Its characters in the prompt, marks included.</param>
/// <param name="Before">What leads to it, back to the last quotation.</param>
/// <param name="After">What follows it, to the next mark that ends a thought.</param>
/// <param name="IsSpeech">Whether somebody is to say them; a name, a sign or a title is only there to be read.</param>
internal sealed record Quotation(string Text, int First, int Length, string Before, string After, bool IsSpeech);
