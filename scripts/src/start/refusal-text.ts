/** Code and detail of the API's problem document, or the beginning of what else was answered. */
export function refusalText(answer: string): string {
  try {
    const { code, detail } = JSON.parse(answer) as { code?: string; detail?: string };
    return [code, detail].filter(Boolean).join(': ');
  } catch {
    return answer.slice(0, 200);
  }
}
