namespace Kinora.Server.Tests;

/// <summary>What an unchanged Python program would die of, or would never find out.</summary>
internal sealed class PythonException(string message) : Exception(message);
