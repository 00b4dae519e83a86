// What esbuild gives besides TypeScript: a text file is its content.
declare module "*.txt" {
  const text: string;
  export default text;
}
