namespace Kinora.Jobs.Rows;

/// <summary>Money and units as the database holds them: whole millionths, so that sums are exact.</summary>
internal static class Millionths
{
    private const decimal One = 1_000_000;

    internal static long Of(decimal value) => (long)decimal.Round(value * One);

    internal static decimal ToDecimal(long millionths) => millionths / One;
}
