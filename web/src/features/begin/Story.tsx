import { useEffect } from 'react';
import { useWords } from '../../frame/language';
import { secretOfLink } from '../account/secret';
import { StorySteps } from './StorySteps';

/** Where the link of ./run leads, one click from the terminal: who Karin is, and the way through her story. */
export default function Story() {
  const w = useWords();
  // Whoever is signed in already has no use for it.
  useEffect(() => void secretOfLink(), []);
  return (
    <>
      <header className="page-head">
        <div>
          <h1>{w('story.title')}</h1>
          <p>{w('story.text')}</p>
        </div>
      </header>
      <section className="sheet stack" aria-labelledby="steps">
        <h2 id="steps">{w('story.steps')}</h2>
        <StorySteps />
      </section>
    </>
  );
}
